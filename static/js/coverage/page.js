// @ts-check
/** The Coverage page. */
