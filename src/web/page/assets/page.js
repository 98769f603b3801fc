// Makes pages quicker to use; all of them can be read and used without it.
'use strict';
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const rows = () => all('[data-row]').filter((row) => row.offsetParent !== null);
  const isTyping = ({ target }) => /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName ?? '');

  function select(step) {
    const known = rows();
    if (known.length === 0) return;
    const now = known.findIndex((row) => row.classList.contains('selected'));
    const next = known[Math.min(known.length - 1, Math.max(0, now + step))];
    known[now]?.classList.remove('selected');
    next.classList.add('selected');
    const link = next.matches('a,summary') ? next : next.querySelector('a,summary');
    link?.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  }

  const help = () => document.getElementById('keys');
  const keys = {
    '/': () => document.getElementById('q')?.focus(),
    j: () => select(1),
    k: () => select(-1),
    Enter: () => document.querySelector('.selected a, .selected summary, a.selected')?.click(),
    '?': () => (help()?.open ? help().close() : help()?.showModal()),
  };
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isTyping(event)) event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const isOnControl = event.key === 'Enter' && /^(?:A|BUTTON|SUMMARY)$/.test(event.target.tagName);
    if (isOnControl || keys[event.key] === undefined) return;
    event.preventDefault();
    keys[event.key]();
  });

  function showCopyButtons() {
    for (const button of all('[data-copy]')) {
      if (navigator.clipboard === undefined) continue;
      button.hidden = false;
      button.onclick = async () => {
        await navigator.clipboard.writeText(button.parentElement.querySelector('code').textContent);
        button.textContent = 'Copied';
      };
    }
  }
  showCopyButtons();

  // What is shown is replaced by what the server shows of an address now; focus and selection stay.
  let asked = 0;
  async function show(address, isChanged = () => false) {
    const number = ++asked;
    const answer = await fetch(address, { headers: { accept: 'text/html' } });
    const text = await answer.text();
    if (number !== asked || !answer.ok) return;
    const next = new DOMParser().parseFromString(text, 'text/html');
    const part = document.getElementById('results') === null ? 'content' : 'results';
    const wanted = next.getElementById(part);
    if (wanted === null) return;
    const selected = document.querySelector('.selected')?.dataset.key;
    document.getElementById(part).replaceWith(wanted);
    document.querySelector('[data-as-of]')?.replaceWith(next.querySelector('[data-as-of]'));
    for (const row of all('[data-row]', wanted)) {
      if (row.dataset.key === selected) row.classList.add('selected');
      if (isChanged(row)) row.classList.add('changed');
    }
    showCopyButtons();
  }

  const choices = document.querySelector('[data-live]');
  if (choices !== null) {
    choices.oninput = () => {
      const words = new URLSearchParams(new FormData(choices));
      for (const [name, value] of [...words]) if (value === '') words.delete(name);
      const address = `${location.pathname}${words.size === 0 ? '' : `?${words}`}`;
      history.replaceState(null, '', address);
      void show(address);
    };
  }

  const { events } = document.body.dataset;
  const tell = (text) => {
    const banner = document.getElementById('behind');
    banner.textContent = text;
    banner.hidden = text === '';
  };
  if (events !== undefined) {
    const source = new EventSource(events);
    source.addEventListener('change', ({ data }) => {
      const { rows: changed = [], lists = [] } = JSON.parse(data);
      const { list, key: own } = document.querySelector('[data-list]')?.dataset ?? {};
      const ofList = changed.filter((row) => row.list === list).map(({ key }) => key);
      const keys = new Set(own === undefined ? ofList : ofList.filter((key) => key === own));
      if (keys.size === 0 && !lists.includes(list)) return;
      void show(location.href, (row) => keys.has(row.dataset.key));
    });
    source.addEventListener('reset', () => void show(location.href));
    source.addEventListener('state', ({ data }) => {
      const { state, message } = JSON.parse(data);
      tell(state === 'live' ? '' : message);
    });
    source.onerror = () => tell('No connection: what is shown may be old');
  }

  // A page in a file has nobody to ask: rows that do not hold every word go.
  const filter = document.querySelector('[data-filter]');
  if (filter !== null) {
    filter.hidden = false;
    const texts = all('[data-text]').map((row) => [row, row.dataset.text.toLowerCase()]);
    filter.onsubmit = (event) => event.preventDefault();
    filter.oninput = () => {
      const words = filter.elements.q.value.toLowerCase().split(/\s+/);
      for (const [row, text] of texts) row.hidden = !words.every((word) => text.includes(word));
    };
  }

  const openTarget = () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    part?.closest('details')?.setAttribute('open', '');
  };
  addEventListener('hashchange', openTarget);
  openTarget();
})();
