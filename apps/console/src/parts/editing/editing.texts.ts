import { texts } from '../../text/language.js';

export const editingTexts = texts({
  es: {
    save: 'Guardar',
    discard: 'Descartar los cambios',
    cancel: 'Cancelar',
    leave: 'No, dejarlo como está',
    close: 'Cerrar',
    review: 'Revise los campos marcados; lo que escribió sigue aquí.',
    conflict: 'Alguien lo cambió mientras usted escribía',
    conflictLead: 'Nada se ha sobrescrito. Compare y elija:',
    mine: 'Lo suyo',
    theirs: 'Lo guardado',
    keepMine: 'Seguir con lo mío',
    takeTheirs: 'Quedarse con lo guardado',
    nothing: 'vacío',
  },
  en: {
    save: 'Save',
    discard: 'Discard the changes',
    cancel: 'Cancel',
    leave: 'No, leave it as it is',
    close: 'Close',
    review: 'Look at the marked fields; what you typed is still here.',
    conflict: 'Someone changed it while you were typing',
    conflictLead: 'Nothing was overwritten. Compare and choose:',
    mine: 'Yours',
    theirs: 'Saved',
    keepMine: 'Go on with mine',
    takeTheirs: 'Keep what is saved',
    nothing: 'empty',
  },
});
