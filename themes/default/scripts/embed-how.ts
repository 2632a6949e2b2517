// The page that says how the listings get into another site: for the search
// that its address has.
import { choices, codeFor } from "./embed-code";
import { ready } from "./page";

ready(() => {
  choices();
  codeFor(location.search);
});
