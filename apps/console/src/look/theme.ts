import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineTheme,
} from '@mantine/core';

/** One hue of our own, the system's letters (no font is fetched), and text that reads on any fill. */
export const theme = createTheme({
  primaryColor: 'cyan',
  // White on a lighter one misses 4.5:1.
  primaryShade: { light: 9, dark: 9 },
  autoContrast: true,
  respectReducedMotion: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  headings: { fontWeight: '650' },
});

/**
 * Mantine's dimmed text and light fills miss WCAG's 4.5:1 in both schemes (axe: 5 to 12 serious
 * findings a page); further from the ground each, they pass. Orange and green need more than their
 * last shade.
 */
export const contrast: CSSVariablesResolver = (of) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': of.colors.gray[7],
    '--mantine-color-placeholder': of.colors.gray[7],
    '--mantine-color-error': of.colors.red[9],
    ...textOnLight(of, (tuple) => `color-mix(in srgb, ${tuple[9]} 75%, black)`),
    ...hoverOfFilled(of),
  },
  dark: {
    '--mantine-color-dimmed': of.colors.dark[1],
    '--mantine-color-placeholder': of.colors.dark[1],
    '--mantine-color-error': of.colors.red[4],
    ...textOnLight(of, (tuple) => tuple[2]),
    ...hoverOfFilled(of),
  },
});

function textOnLight(
  of: MantineTheme,
  shade: (tuple: MantineColorsTuple) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(of.colors).map(([name, tuple]) => [
      `--mantine-color-${name}-light-color`,
      shade(tuple),
    ]),
  );
}

/** Darker under the pointer; Mantine's is a shade lighter, on which white text has 4.35:1. */
function hoverOfFilled(of: MantineTheme): Record<string, string> {
  return Object.fromEntries(
    Object.keys(of.colors).map((name) => [
      `--mantine-color-${name}-filled-hover`,
      `color-mix(in srgb, var(--mantine-color-${name}-filled), black 15%)`,
    ]),
  );
}
