/**
 * The part of `legibility` that runs inside the page, as text: it sees nothing but what it is given there.
 * Sizes are in units of a wall 1920 wide: Chinese from 28, digits and Latin alone from 36.
 */
function _complaints() {
  const CHINESE_FLOOR = 28;
  const LATIN_FLOOR = 36;
  const REASSURING = /正常|✓|无未处理|No open alarms|Sound on/;
  const k = innerWidth / 1920;
  const found = [];
  const wall = document.querySelector('.wall, .district-wall');
  if (!wall) return ['there is no wall'];
  const shown = (e) => {
    const style = getComputedStyle(e);
    return style.visibility !== 'hidden' && style.display !== 'none' && e.getClientRects().length > 0;
  };
  const own = (e) =>
    [...e.childNodes]
      .filter((n) => n.nodeType === Node.TEXT_NODE)
      .map((n) => n.textContent ?? '')
      .join('')
      .trim();
  for (const e of wall.querySelectorAll('*')) {
    const text = own(e);
    if (text === '' || !shown(e)) continue;
    const svg = e instanceof SVGElement ? e.ownerSVGElement : null;
    const drawn = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    const size = (Number.parseFloat(getComputedStyle(e).fontSize) * drawn) / k;
    const floor = /[\u4e00-\u9fff]/.test(text) ? CHINESE_FLOOR : LATIN_FLOOR;
    if (/[\p{L}\p{N}]/u.test(text) && size + 0.5 < floor) found.push(`small ${size.toFixed(1)} ${text}`);
    const box = e.getBoundingClientRect();
    if (!svg && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0) found.push(`overflow ${text}`);
    const panel = e.closest('.panel, .school-tile')?.getBoundingClientRect();
    if (panel && (box.left < panel.left - 1 || box.right > panel.right + 1 || box.bottom > panel.bottom + 2))
      found.push(`outside its panel ${text}`);
  }
  for (const panel of wall.querySelectorAll('.panel, .school-tile'))
    if (panel.scrollHeight > panel.clientHeight + 1) found.push(`panel overflow ${panel.className}`);
  const banner = wall.querySelector('.banner')?.getBoundingClientRect();
  const list = wall.querySelector('.alarms')?.getBoundingClientRect();
  if (banner && list && banner.right > list.left) found.push('the banner covers the alarm list');
  if (banner) {
    const words = [...wall.querySelectorAll('*')].filter(shown).map(own).join(' ');
    if (REASSURING.test(words)) found.push(`a reassuring word while stale: ${REASSURING.exec(words)?.[0]}`);
    if (/\d\/\d/.test(wall.querySelector('.health')?.textContent ?? '')) found.push('a health figure while stale');
    if (wall.querySelector('.clock')) found.push('a clock while stale');
  }
  // The bureau's wall: its head says that nothing is heard, and no figure of a school is claimed.
  if (wall.querySelector('.board-head.is-cut')) {
    const words = [...wall.querySelectorAll('*')].filter(shown).map(own).join(' ');
    if (/\d%|\d\/\d/.test(words)) found.push('a figure while stale');
    if (wall.querySelector('.board-clock')) found.push('a clock while stale');
  }
  return found;
}
