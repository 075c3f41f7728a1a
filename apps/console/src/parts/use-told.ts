import { notifications } from '@mantine/notifications';
import { useTexts } from '../text/language.js';
import { editingTexts } from './editing/editing.texts.js';

/** Says in a corner that something was done. */
export function useTold() {
  const { close } = useTexts(editingTexts);
  return (message: string, title?: string) =>
    notifications.show({
      message,
      title,
      color: 'green',
      closeButtonProps: { 'aria-label': close },
    });
}
