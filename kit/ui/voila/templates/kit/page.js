// Small services to the desk: the resume code goes into the page's address, messages are announced, the language is told.
(function () {
  "use strict";
  function serve() {
    var mark = document.querySelector("[data-kit-language]");
    if (mark) {
      document.documentElement.lang = mark.dataset.kitLanguage;
      var address = new URL(window.location.href);
      var token = mark.dataset.kitToken;
      if (token && address.searchParams.get("luot") !== token) {
        address.searchParams.set("luot", token);
        window.history.replaceState(null, "", address);
      }
    }
    document.querySelectorAll(".kit-live:not([aria-live])").forEach(function (place) {
      place.setAttribute("aria-live", "polite");
    });
    document.querySelectorAll(".kit-desk .kit-submit:not([id])").forEach(function (button) {
      button.id = "kit-submit";
    });
    var loading = document.getElementById("loading");
    if (loading && document.querySelector(".kit-desk .kit-header, .jp-RenderedHTMLCommon, .jp-RenderedImage")) {
      loading.remove();
    }
  }
  new MutationObserver(serve).observe(document.documentElement, { childList: true, subtree: true });
  serve();
})();
