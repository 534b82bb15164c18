/** Written by the build (vite.config.ts): each file of out/renderer, "checkout/checkout.js", and its SHA-256 in base64. */
declare module 'virtual:built-pages' {
  const builtPages: Readonly<Record<string, string>>;
  export default builtPages;
}
