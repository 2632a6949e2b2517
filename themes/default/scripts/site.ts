// What every page loads. Pages work without it.
import { menus } from "./menu";
import { offline } from "./offline";
import { ready } from "./page";
import { save } from "./save";
import { share } from "./share";
import { watch } from "./truth";

save(); // before dates move on: what is kept is what pages print
watch();
menus();
ready(share);
ready(offline);
