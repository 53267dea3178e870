// gradio names its own language as the document's; screen readers must hear the page's.
export function keepLanguage(language) {
  const root = document.documentElement;
  const restore = () => {
    if (root.lang !== language) root.lang = language;
  };
  restore();
  new MutationObserver(restore).observe(root, { attributeFilter: ["lang"] });
}
