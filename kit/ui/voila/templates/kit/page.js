// Small services to the desk: the resume code and the language chosen go into the page's address, messages are announced, the
// language is told, the keyboard goes everywhere, and a text that rests for a moment is handed over, so that a draft follows
// the typing.
(function () {
  "use strict";
  var PAUSE = 700; // milliseconds without a key
  var DRAWN = 120; // milliseconds until all of a form stands there
  var LISTS = ".kit-list, .kit-panel, .kit-main-tabs, .kit-tabs";
  var NEXT = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  var opened = ""; // the language in which the page opened
  var form = null;
  var timer = 0;

  function all(selector, what) {
    document.querySelectorAll(selector).forEach(what);
  }

  function set(element, name, value) {
    if (element.getAttribute(name) !== value) {
      element.setAttribute(name, value);
    }
  }

  function inAddress(mark) {
    var language = mark.dataset.kitLanguage;
    document.documentElement.lang = language;
    var address = new URL(window.location.href);
    var token = mark.dataset.kitToken;
    if (token && address.searchParams.get("luot") !== token) {
      address.searchParams.set("luot", token);
    } else if (!token && mark.dataset.kitLeft) {
      address.searchParams.delete("luot");
    }
    opened = opened || language;
    if (language !== opened || address.searchParams.has("tieng")) {
      address.searchParams.set("tieng", language); // a reloaded page goes on in it
    }
    var join = document.querySelector("[data-kit-join]");
    if (join && join.dataset.kitJoin) {
      address.searchParams.set("ma", join.dataset.kitJoin);
    }
    if (address.href !== window.location.href) {
      window.history.replaceState(null, "", address);
    }
  }

  function describe() {
    all(".kit-live:not([aria-live])", function (place) { set(place, "aria-live", "polite"); });
    all(".kit-tab, .kit-main-tab, .kit-language", function (button) {
      set(button, "aria-pressed", String(button.classList.contains("kit-chosen")));
    });
    all(".kit-cover", function (button) {
      set(button, "aria-current", String(button.parentElement.classList.contains("kit-chosen")));
    });
    all(".kit-entry input, .kit-entry select, .kit-entry textarea", function (control) {
      set(control, "aria-invalid", String(control.closest(".kit-wrong") !== null));
    });
    all(".kit-found option, .kit-sheet-list option", part);
    all(".kit-checks", function (list) { group(list, "group"); });
    all(".kit-entry .widget-radio-box", function (list) { group(list, "radiogroup"); });
    var shown = document.querySelector(".aar input.pick:checked"); // a report is read in one language at a time
    if (shown) {
      document.documentElement.lang = shown.classList.contains("en") ? "en" : "vi";
    }
  }

  // The widgets join the words of a choice; a line that is too narrow would end in the middle of one.
  function part(option) {
    if (option.textContent.includes("\u00a0")) {
      option.textContent = option.textContent.replace(/\u00a0/g, " ");
    }
  }

  // Choices that belong together are told as one group, by the label above them.
  function group(list, role) {
    var label = list.closest(".kit-entry").querySelector(".kit-label, .widget-label");
    set(list, "role", role);
    set(list, "aria-label", label ? label.textContent : "");
  }

  function ready() {
    var first = document.querySelector(".kit-panel input, .kit-panel select, .kit-panel textarea, .kit-panel .kit-submit")
      || document.querySelector(".kit-panel .kit-action");
    if (first && (document.activeElement === document.body || document.activeElement === null)) {
      first.focus({ preventScroll: true });
    }
    var middle = document.querySelector(".kit-middle");
    var above = document.querySelector(".kit-drafting") && document.querySelector(".kit-top");
    if (above && middle.scrollTop < above.offsetHeight) {
      middle.scrollTop = above.offsetHeight; // the paper being drafted, not what stands above it
    }
  }

  // A form that has just opened is ready to be typed into; so is the list of actions after it.
  function follow() {
    var submit = document.querySelector(".kit-desk .kit-submit");
    if (submit === form) {
      return;
    }
    form = submit;
    window.setTimeout(ready, DRAWN);
  }

  function serve() {
    var mark = document.querySelector("[data-kit-language]");
    if (mark) {
      inAddress(mark);
    }
    describe();
    follow();
    all(".kit-desk .kit-submit:not([id])", function (button) { button.id = "kit-submit"; });
    var loading = document.getElementById("loading");
    if (loading && document.querySelector(".kit-desk .kit-header, .jp-RenderedHTMLCommon, .jp-RenderedImage")) {
      loading.remove();
    }
  }

  // Arrow keys go from button to button inside a list; Tab goes from list to list as everywhere.
  function move(event) {
    var list = event.target.matches("button") && event.target.closest(LISTS);
    if (!list || !NEXT[event.key] || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    var buttons = Array.from(list.querySelectorAll("button")).filter(function (one) { return one.offsetParent !== null; });
    var next = buttons[buttons.indexOf(event.target) + NEXT[event.key]];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  // In a table of cells arrow keys go from cell to cell, also from one table to the next beside it.
  function across(event) {
    var cell = event.target.closest(".kit-grid td, .kit-grid th");
    if (!cell || !NEXT[event.key] || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    var rows = Array.from(document.querySelectorAll(".kit-grid tr"));
    var upright = event.key === "ArrowDown" || event.key === "ArrowUp";
    var row = rows[rows.indexOf(cell.parentElement) + (upright ? NEXT[event.key] : 0)];
    var next = row && row.cells[cell.cellIndex + (upright ? 0 : NEXT[event.key])];
    var button = next && next.querySelector("button");
    if (button) {
      event.preventDefault();
      reach(button);
      button.focus();
    }
  }

  // One cell of all is on Tab's way: the one where the keyboard was last.
  function reach(button) {
    all(".kit-grid button[tabindex='0']", function (one) { one.tabIndex = -1; });
    button.tabIndex = 0;
  }

  // What was picked in a picture or table of ours goes to the program through a hidden entry.
  function pick(event) {
    var picked = event.target.closest("[data-kit-pick]");
    var entry = document.querySelector(".kit-clicked input");
    if (!picked || !entry) {
      return;
    }
    if (picked.closest(".kit-grid")) {
      reach(picked);
    }
    entry.value = picked.dataset.kitPick;
    ["input", "change"].forEach(function (kind) { entry.dispatchEvent(new Event(kind, { bubbles: true })); });
    all(".kit-grid .kit-picked", function (one) { one.classList.remove("kit-picked"); });
    all('.kit-grid [data-kit-pick="' + CSS.escape(picked.dataset.kitPick) + '"]', function (one) { one.classList.add("kit-picked"); });
  }

  function rest(event) {
    var control = event.target;
    if (!control.matches(".kit-drafting input[type=text], .kit-drafting textarea")) {
      return;
    }
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }, PAUSE);
  }

  // What only the keyboard's place shows (work.css) must be gone before a button is pressed, or the button moves away.
  function mouse(event) {
    if (event.movementX || event.movementY) {
      document.documentElement.dataset.kitMouse = "";
    }
  }

  document.addEventListener("pointermove", mouse);
  document.addEventListener("keydown", function () { delete document.documentElement.dataset.kitMouse; }, true);
  document.addEventListener("keydown", move);
  document.addEventListener("keydown", across);
  document.addEventListener("click", pick);
  document.addEventListener("input", rest);
  document.addEventListener("change", describe);
  new MutationObserver(serve).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["class"]
  });
  serve();
})();
