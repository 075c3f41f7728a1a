import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';
import { type SettingsTab, settingsTabs } from './settings-tabs.js';

export interface SettingsSearch {
  ver?: SettingsTab;
  /** A taller's id, where a tab is about one. */
  taller?: string;
  /** What the tab's list is searched for. */
  busca?: string;
  pagina?: number;
  /** Of the changes: the kind of thing, what was done, and between which days. */
  recurso?: string;
  accion?: string;
  desde?: string;
  hasta?: string;
}

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/ajustes',
  validateSearch: (given: Record<string, unknown>): SettingsSearch => {
    const tab = settingsTabs.find((each) => each === given.ver);
    const page = Number(given.pagina);
    return {
      ...(tab && { ver: tab }),
      ...textIn(given, 'taller'),
      ...textIn(given, 'busca'),
      ...textIn(given, 'recurso'),
      ...textIn(given, 'accion'),
      ...dayIn(given, 'desde'),
      ...dayIn(given, 'hasta'),
      ...(Number.isInteger(page) && page > 1 && { pagina: page }),
    };
  },
  component: lazyRouteComponent(() => import('./settings-screen.js'), 'SettingsScreen'),
});

function textIn(given: Record<string, unknown>, name: keyof SettingsSearch) {
  const value = given[name];
  // The address bar's `busca=123` comes as a number.
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? { [name]: text } : {};
}

function dayIn(given: Record<string, unknown>, name: keyof SettingsSearch) {
  const value = given[name];
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? { [name]: value } : {};
}
