// What few ask the search page for, loaded when they do: what is near them, and
// their search as a channel.
import { channel } from "./search-channel";
import { near } from "./search-near";

near();
channel();
