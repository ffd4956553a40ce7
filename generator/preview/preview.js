// Shows each state of the preview in an open page. Only one tab of the browser,
// the leader, has a stream of states, since a browser opens at most six
// connections to a host. It passes the states on to the other tabs.
'use strict';
(() => {
  const script = document.currentScript;
  let shown = Number(script.dataset.generation);
  let newest; // the last state that this tab received as the leader
  let events; // the leader's stream
  let leaving = false;
  let overlay;

  const channel = new BroadcastChannel('allclear-preview');
  channel.onmessage = ({ data }) => {
    if (data !== 'ask') show(data);
    else if (newest) channel.postMessage(newest);
  };

  // The lock is held until the promise settles, which is never: until the tab closes
  // or loads another page. Then the next tab in the queue leads.
  navigator.locks.request('allclear-preview', () => new Promise(() => {
    events = new EventSource('/.allclear/events');
    events.onmessage = ({ data }) => {
      newest = JSON.parse(data);
      channel.postMessage(newest);
      show(newest);
    };
  }));

  // A tab that was just loaded, was in the background or comes from the
  // back/forward cache may have missed a state.
  const ask = () => channel.postMessage('ask');
  ask();
  addEventListener('pageshow', ask);
  document.addEventListener('visibilitychange', ask);

  function show(state) {
    if (leaving) return;
    if (shown < state.pages || shown > state.generation) {
      reload();
      return;
    }
    if (shown < state.generation) {
      shown = state.generation;
      swapStyles();
    }
    showProblems(state.problems);
  }

  // A page that is being reloaded ignores further states, or it would be loaded
  // twice. The browser keeps the scroll position.
  function reload() {
    leaving = true;
    events?.close();
    location.reload();
  }

  // The old style sheet is removed once the new one is loaded, so nothing flickers.
  // Imports of a style sheet can't be reloaded by themselves.
  function swapStyles() {
    const imports = (sheet) => [...sheet.cssRules].some((rule) => rule instanceof CSSImportRule);
    if ([...document.styleSheets].some(imports)) {
      reload();
      return;
    }
    for (const old of document.querySelectorAll('link[rel~="stylesheet"]:not([data-old])')) {
      const url = new URL(old.href);
      url.searchParams.set('generation', shown);
      const fresh = old.cloneNode();
      fresh.href = url;
      fresh.onload = fresh.onerror = () => old.remove();
      old.dataset.old = '';
      old.after(fresh);
    }
  }

  // The overlay has a shadow root, so that the site's styles and its own don't
  // affect each other. The server has escaped the HTML.
  function showProblems(problems) {
    if (!problems) {
      overlay?.remove();
      overlay = undefined;
      return;
    }
    overlay ??= newOverlay();
    overlay.shadowRoot.querySelector('.problems').innerHTML = problems;
  }

  function newOverlay() {
    const host = document.createElement('allclear-preview');
    host.attachShadow({ mode: 'open' }).innerHTML = `
      <link rel="stylesheet" href="/.allclear/preview.css">
      <div class="overlay">
        <button type="button">Hide</button>
        <div class="problems" role="alert"></div>
        <p class="below">The page below is from the last good build.</p>
      </div>`;
    host.shadowRoot.querySelector('button').onclick = () => showProblems('');
    document.documentElement.append(host);
    return host;
  }
})();
