// Switches on the NHS.UK components' own behaviour; every page works without it.
import { initAll } from "../vendor/nhsuk.js";
document.documentElement.classList.replace("no-js", "js");
document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();
