/** The browser tab's name: the lesson's, whatever the interface puts there. */

/** Keep the tab named `name`: several plugins of JupyterLab write its title, some late. */
export function keepTabNamed(name: string): void {
  const title = document.head.querySelector('title');
  const put = (): void => {
    if (document.title !== name) {
      document.title = name;
    }
  };
  put();
  if (title !== null) {
    new MutationObserver(put).observe(title, { childList: true });
  }
}
