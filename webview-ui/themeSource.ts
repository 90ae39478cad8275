import { type Theme, themeFrom } from './theme.ts';

export function currentTheme(): Theme {
  const variables = getComputedStyle(document.documentElement);
  return themeFrom([...document.body.classList], (name) => variables.getPropertyValue(name));
}

/** VS Code changes the classes of `<body>` and the variables on `<html>` when the theme changes. */
export function onThemeChange(listener: (theme: Theme) => void): void {
  const observer = new MutationObserver(() => listener(currentTheme()));
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
}
