import type { NoticeView } from '#contracts/client/types.gen.js';
import type { Language } from '../text/language.js';

/**
 * Shows a notice beside the page, where the browser allows it and nobody looks at the page. Tabs
 * that tell the same notice replace each other's, by its tag.
 */
export function showBeside(notice: NoticeView, language: Language): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  if (notice.is_read || document.hasFocus()) return;
  const title = language === 'es' ? notice.title_es : notice.title_en;
  const body = language === 'es' ? notice.text_es : notice.text_en;
  const shown = new Notification(title, { body, tag: notice.id, icon: '/icon.svg' });
  shown.onclick = () => {
    window.focus();
    window.location.assign(notice.event_id ? `/notificaciones/${notice.event_id}` : '/avisos');
  };
}
