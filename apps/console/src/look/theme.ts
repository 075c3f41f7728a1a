import { type CSSVariablesResolver, createTheme, type MantineTheme } from '@mantine/core';

/** One hue of our own, the system's letters (no font is fetched), and text that reads on any fill. */
export const theme = createTheme({
  primaryColor: 'cyan',
  // White letters on shade 8 have 4.3:1, on shade 9 5.5:1.
  primaryShade: 9,
  autoContrast: true,
  respectReducedMotion: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  headings: { fontWeight: '650' },
});

/**
 * Mantine's dimmed text and light fills miss WCAG's 4.5:1 in both schemes (axe: 5 to 12 serious
 * findings a page); a shade further from the ground each, they pass.
 */
export const contrast: CSSVariablesResolver = (of) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': of.colors.gray[7],
    '--mantine-color-placeholder': of.colors.gray[7],
    '--mantine-color-error': of.colors.red[9],
    ...textOnLight(of, 9),
    ...hoverOfFilled(of),
  },
  dark: {
    '--mantine-color-dimmed': of.colors.dark[1],
    '--mantine-color-placeholder': of.colors.dark[1],
    '--mantine-color-error': of.colors.red[4],
    ...textOnLight(of, 2),
    ...hoverOfFilled(of),
  },
});

function textOnLight(of: MantineTheme, shade: 2 | 9): Record<string, string> {
  return Object.fromEntries(
    Object.entries(of.colors).map(([name, tuple]) => [
      `--mantine-color-${name}-light-color`,
      // Green and orange miss it on their own tint even at their darkest (4.0 and 3.9 to 1).
      shade === 9 ? `color-mix(in srgb, ${tuple[shade]}, black 25%)` : tuple[shade],
    ]),
  );
}

/** Darker under the pointer; Mantine's is a shade lighter, on which white letters have 4.3:1. */
function hoverOfFilled(of: MantineTheme): Record<string, string> {
  return Object.fromEntries(
    Object.keys(of.colors).map((name) => [
      `--mantine-color-${name}-filled-hover`,
      `color-mix(in srgb, var(--mantine-color-${name}-filled), black 15%)`,
    ]),
  );
}
