/**
 * Calls it once the page has been painted with something on it: what is done before that delays the first digit. The function that comes
 * back calls it off.
 */
export function afterFirstPaint(then: () => void): () => void {
  const painted = new PerformanceObserver((list) => {
    // The window's ground alone is painted before.
    if (list.getEntriesByName('first-contentful-paint').length === 0) return;
    painted.disconnect();
    then();
  });
  painted.observe({ type: 'paint', buffered: true });
  return () => painted.disconnect();
}
