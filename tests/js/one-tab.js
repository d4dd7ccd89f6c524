// @ts-check
/** Imported first: in a test there is one tab, and an open channel would keep node from ending. */
Reflect.deleteProperty(globalThis, "BroadcastChannel");
