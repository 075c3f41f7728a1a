/**
 * What is broken in the layout of a page as it stands, each with the element: what sticks out
 * sideways, words that are cut off without a sign of it, and controls that no finger reaches since
 * something else lies over them. To be evaluated by the browser, which gives back a list of texts;
 * of each kind the first five.
 */
export const layoutBreaks = `(() => {
  const root = document.documentElement;
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const firstOf = (what, elements) =>
    elements.slice(0, 5).map((element) => what + ': ' + element.outerHTML.slice(0, 200));

  const sideways =
    root.scrollWidth <= root.clientWidth
      ? []
      : [...document.querySelectorAll('body *')].filter(
          (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
        );

  // What is for screen readers only is a pixel wide.
  const cuts = ({ overflowX, textOverflow }, { clientWidth }) =>
    /hidden|clip/.test(overflowX) && textOverflow !== 'ellipsis' && clientWidth > 1;
  const isCut = (element) => {
    const words = document.createRange();
    words.selectNodeContents(element);
    const { left, right } = words.getBoundingClientRect();
    for (let around = element; around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.position === 'fixed' || /auto|scroll/.test(style.overflowX)) return false;
      if (style.textOverflow === 'ellipsis' || around.clientWidth === 1) return false;
      const box = around.getBoundingClientRect();
      if (cuts(style, around) && (right > box.right + 1 || left < box.left - 1)) return true;
    }
    return false;
  };
  const hasWords = ({ childNodes }) =>
    [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '');
  const cut = [...document.querySelectorAll('body *')].filter(
    (element) => hasWords(element) && isShown(element) && isCut(element),
  );

  const controls = 'a[href], button, input, select, textarea, [role=tab], [role=menuitem]';
  const isCovered = (element) => {
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const [box] = element.getClientRects();
    if (!box || box.width < 2 || box.height < 2) return false;
    const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!above || element.contains(above) || above.closest('label')?.control === element) {
      return false;
    }
    // Notices go again by themselves; between two of them, and as one leaves, is their list.
    return !above.closest('[role=alert], .mantine-Notifications-root');
  };
  const scope = [...document.querySelectorAll('[aria-modal=true]')].at(-1) ?? document.body;
  const covered = [...scope.querySelectorAll(controls)].filter(
    (element) =>
      isShown(element) && getComputedStyle(element).pointerEvents !== 'none' && isCovered(element),
  );
  window.scrollTo({ top: 0, behavior: 'instant' });

  return [
    ...firstOf('sticks out sideways', sideways),
    ...firstOf('is cut off', cut),
    ...firstOf('is covered', covered),
  ];
})()`;
