// What the browser's tests ask of a page, within it: an object of functions.
({
  open() {
    for (const details of document.querySelectorAll('details')) details.open = true;
  },

  /** How many stops the Tab key should make. */
  stops() {
    return [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter((one) =>
      one.checkVisibility(),
    ).length;
  },

  /** Where the focus is: its place in the page, what it says, and whether one sees it. */
  focused() {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.querySelector('rect');
    return {
      index: [...document.querySelectorAll('*')].indexOf(element),
      id: element.id,
      heading: element.querySelector('th')?.textContent ?? '',
      text: element.getAttribute('aria-label') ?? element.textContent,
      seen:
        (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) ||
        (box !== null && parseFloat(getComputedStyle(box).strokeWidth) >= 3),
    };
  },

  /** Captions of tables that lack a caption, headings, or a row's heading. */
  badTables() {
    return [...document.querySelectorAll('table')]
      .filter((table) => {
        const columns = table.querySelectorAll('thead th[scope=col]').length;
        const rows = [...table.querySelectorAll('tbody tr')];
        return (
          !table.querySelector('caption')?.textContent ||
          columns === 0 ||
          !rows.every((row) => row.children.length === columns && row.children[0].getAttribute('scope') === 'row')
        );
      })
      .map((table) => table.textContent);
  },

  ground: () => getComputedStyle(document.body).backgroundColor,

  /** How much wider the page is than the screen. */
  tooWide: () => document.documentElement.scrollWidth - window.innerWidth,

  /** Texts that stand out of their boxes in the picture. */
  escapedTexts() {
    return [...document.querySelectorAll('svg .node')].flatMap((node) => {
      const box = node.querySelector('rect').getBBox();
      return [...node.querySelectorAll('text')]
        .filter((text) => {
          const { x, y, width, height } = text.getBBox();
          return x < box.x || y < box.y || x + width > box.x + box.width || y + height > box.y + box.height;
        })
        .map((text) => text.textContent);
    });
  },

  /** Visible texts whose contrast to what is behind them is less than 4.5, by WCAG's formula. */
  faintTexts() {
    const rgb = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour) => {
      const [r, g, b] = colour
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a, b) => {
      const [high, low] = [luminance(a), luminance(b)].sort((one, other) => other - one);
      return (high + 0.05) / (low + 0.05);
    };
    const behind = (element) => {
      for (let at = element; at !== null; at = at.parentElement) {
        if (at.matches('g.node, g.namespace')) return rgb(getComputedStyle(at.querySelector('rect')).fill);
        if (at.matches('g.label')) return rgb(getComputedStyle(at.querySelector('text')).stroke);
        const background = rgb(getComputedStyle(at).backgroundColor);
        if (background.length > 0 && background[3] !== 0) return background;
      }
      return [255, 255, 255];
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
        if (!own || element.matches('script, style, title, desc') || !element.checkVisibility()) return false;
        const style = getComputedStyle(element);
        return contrast(rgb(element.closest('svg') === null ? style.color : style.fill), behind(element)) < 4.5;
      })
      .map((element) => element.textContent);
  },

  /** The root of the document, unless it could not be read. */
  root: () => document.querySelector('parsererror')?.textContent ?? document.documentElement.tagName,
});
