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
