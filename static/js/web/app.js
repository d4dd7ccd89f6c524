// @ts-check
/** What every page does, for pages that do not have it in a script of their own as the pad has. */
import "./every-page.js";
