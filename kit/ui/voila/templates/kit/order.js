// A click never overtakes what was entered before it. Of several changes to one entry ipywidgets sends the first and keeps the
// last until that is answered, but a click it sends at once: on a slow computer an earlier choice would count, or a text
// without its end. So a click waits while something that was entered later than an unanswered message may be kept back.
(function () {
  "use strict";
  var SETTLED = 60; // milliseconds without an unanswered message: what was kept back has been sent and answered too
  var LONGEST = 20000; // milliseconds that a click waits; then what is unanswered counts no more
  var PARTS = { header: 1, parent_header: 2, content: 4 }; // of a frame of v1.kernel.websocket.jupyter.org, see frames.py
  var Plain = window.WebSocket;
  var asked = new Set(); // the messages that the program has not answered
  var kept = false; // something was entered while one was unanswered
  var waiting = null; // the button that was clicked meanwhile
  var quiet = 0;
  var limit = 0;

  function part(data, name) {
    if (typeof data === "string") {
      return JSON.parse(data)[name];
    }
    var frame = ArrayBuffer.isView(data) ? data.buffer : data;
    var places = new DataView(frame);
    var from = Number(places.getBigUint64(8 * (1 + PARTS[name]), true));
    var to = Number(places.getBigUint64(8 * (2 + PARTS[name]), true));
    return JSON.parse(new TextDecoder().decode(new Uint8Array(frame, from, to - from)));
  }

  function sent(data) {
    asked.add(part(data, "header").msg_id);
    window.clearTimeout(quiet);
  }

  function heard(data) {
    if (!asked.size || part(data, "header").msg_type !== "status" || part(data, "content").execution_state !== "idle") {
      return;
    }
    asked.delete(part(data, "parent_header").msg_id);
    if (!asked.size) {
      window.clearTimeout(quiet);
      quiet = window.setTimeout(go, SETTLED);
    }
  }

  // What cannot be read is not waited for.
  function trying(what, data) {
    try {
      what(data);
    } catch (error) {
      giveUp();
    }
  }

  function go() {
    var button = waiting;
    kept = false;
    waiting = null;
    window.clearTimeout(limit);
    if (button && button.isConnected && !button.disabled) {
      button.click();
    }
  }

  function giveUp() {
    asked.clear();
    go();
  }

  // Without a connection nothing is answered, and nothing was clicked.
  function forget() {
    waiting = null;
    giveUp();
  }

  function entering() {
    kept = kept || asked.size > 0;
  }

  function clicked(event) {
    var button = event.target.closest("button");
    if (!button || !kept) {
      return;
    }
    event.stopImmediatePropagation();
    event.preventDefault();
    if (!waiting) {
      waiting = button;
      limit = window.setTimeout(giveUp, LONGEST);
    }
  }

  window.WebSocket = class extends Plain {
    constructor(address, protocols) {
      super(address, protocols);
      this.addEventListener("message", function (event) { trying(heard, event.data); });
      this.addEventListener("close", forget);
    }

    send(data) {
      trying(sent, data);
      super.send(data);
    }
  };
  document.addEventListener("input", entering, true);
  document.addEventListener("change", entering, true);
  document.addEventListener("click", clicked, true);
})();
