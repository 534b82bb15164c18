/**
 * Calls it once the page has been painted with something on it: what is done before that delays the first digit. Returns a function
 * that cancels the call.
 */
export function afterFirstPaint(then: () => void): () => void {
  const painted = new PerformanceObserver((list) => {
    // Before that only the window's background is painted.
    if (list.getEntriesByName('first-contentful-paint').length === 0) return;
    painted.disconnect();
    then();
  });
  painted.observe({ type: 'paint', buffered: true });
  return () => painted.disconnect();
}
