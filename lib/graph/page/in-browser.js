'use strict';
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Light and dark: what the system prefers, until the reader says otherwise.
  const button = document.getElementById('theme');
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const remembered = () => {
    try {
      return localStorage.getItem('knitmesh-theme');
    } catch {
      return null;
    }
  };
  const isDark = () => (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const show = (theme) => {
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    button.setAttribute('aria-pressed', String(isDark()));
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    show(theme);
    try {
      localStorage.setItem('knitmesh-theme', theme);
    } catch {
      // A page from a file may have no storage: the choice then lasts as long as the page.
    }
  });
  system.addEventListener('change', () => show());
  show(remembered());

  // What has expired depends on when the page is read.
  const day = 24 * 60 * 60 * 1000;
  for (const cell of all('[data-until]')) {
    const days = Math.floor((Date.parse(cell.dataset.until) - Date.now()) / day);
    const text = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
    cell.textContent = days < 0 ? `expired ${text} ago` : `in ${text}`;
    if (days < 30) cell.classList.add('mark', days < 0 ? 'error' : 'plain');
  }

  // Search: rows that have every word; what is folded opens while something is looked for.
  const input = document.getElementById('search');
  const found = document.getElementById('found');
  const sections = all('main > section').filter((section) => section.querySelector('[data-row]'));
  const rows = all('[data-row]').map((row) => ({ row, text: row.textContent.toLowerCase() }));
  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let matches = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) matches += 1;
    }
    for (const phase of all('details.phase')) {
      const some = phase.querySelector('[data-row]:not([hidden])') !== null;
      phase.hidden = !some;
      phase.open = words.length > 0 && some;
    }
    for (const section of sections) {
      const some = section.querySelector('[data-row]:not([hidden])') !== null;
      section.querySelector('.nothing').hidden = some;
      for (const table of all(':scope > table', section)) table.hidden = !some;
    }
    found.textContent = words.length === 0 ? '' : `${matches} of ${rows.length} rows`;
  };
  input.addEventListener('input', search);
  document.getElementById('search-form').addEventListener('submit', (event) => event.preventDefault());
  if (input.value !== '') search();

  // The picture's links move the focus as well, so that reading goes on where they lead.
  window.addEventListener('hashchange', () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target !== null) target.focus({ preventScroll: true });
  });
})();
