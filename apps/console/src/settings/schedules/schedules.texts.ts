import { texts } from '../../text/language.js';
import { type CronLanguage, cronWords } from './cron-words.js';

const spanish: CronLanguage = {
  everyMinute: 'Cada minuto',
  everyMinutes: (count) => `Cada ${count} minutos`,
  hourly: (minute) => `Cada hora, en el minuto ${minute}`,
  daily: (time) => `Todos los días a las ${time}`,
  weekly: (day, time) => `Cada ${day} a las ${time}`,
  monthly: (day, time) => `El día ${day} de cada mes a las ${time}`,
  weekdays: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
  other: (cron) => `Según «${cron}»`,
};

const english: CronLanguage = {
  everyMinute: 'Every minute',
  everyMinutes: (count) => `Every ${count} minutes`,
  hourly: (minute) => `Every hour, at minute ${minute}`,
  daily: (time) => `Every day at ${time}`,
  weekly: (day, time) => `Every ${day} at ${time}`,
  monthly: (day, time) => `On day ${day} of each month at ${time}`,
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  other: (cron) => `By “${cron}”`,
};

const names: { es: Record<string, string>; en: Record<string, string> } = {
  es: {
    check_maintenance_reminders: 'Recordar mantenimientos, a la hora de cada taller',
    retry_failed_notifications: 'Volver a poner en marcha lo que quedó detenido',
    fold_analytics: 'Sumar las cifras del panel',
    forget_idempotency_keys: 'Olvidar claves de repetición antiguas',
    forget_receipts: 'Olvidar confirmaciones antiguas',
    forget_sync_tasks: 'Olvidar sincronizaciones antiguas',
  },
  en: {
    check_maintenance_reminders: "Remind of maintenance, at each workshop's hour",
    retry_failed_notifications: 'Set going again what came to a halt',
    fold_analytics: "Add up the panel's figures",
    forget_idempotency_keys: 'Forget old idempotency keys',
    forget_receipts: 'Forget old receipts',
    forget_sync_tasks: 'Forget old synchronisations',
  },
};

export const schedulesTexts = texts({
  es: {
    lead: 'Lo que el servicio hace solo, por el reloj.',
    empty: 'No hay horarios.',
    nameOf: (name: string) => names.es[name] ?? name,
    when: (cron: string) => cronWords(cron, spanish),
    zone: (zone: string) => `hora de ${zone}`,
    off: 'Apagado',
    on: 'Encendido',
    next: 'Próximas veces',
    last: 'La última vez',
    earlier: 'Antes',
    never: 'Todavía no se ha hecho',
    states: {
      asked: 'Se pidió de nuevo',
      running: 'En curso',
      done: 'Terminó bien',
      failed: 'Falló',
      missed: 'No se hizo a tiempo',
    },
    tries: (count: number) => `en ${count} intentos`,
    took: (span: string) => `en ${span}`,
    result: 'Resultado',
  },
  en: {
    lead: 'What the service does by itself, by the clock.',
    empty: 'There are no schedules.',
    nameOf: (name: string) => names.en[name] ?? name,
    when: (cron: string) => cronWords(cron, english),
    zone: (zone: string) => `time of ${zone}`,
    off: 'Off',
    on: 'On',
    next: 'Next times',
    last: 'The last time',
    earlier: 'Before',
    never: 'Not done yet',
    states: {
      asked: 'Asked for again',
      running: 'Under way',
      done: 'Ended well',
      failed: 'Failed',
      missed: 'Not done in time',
    },
    tries: (count: number) => `in ${count} tries`,
    took: (span: string) => `in ${span}`,
    result: 'Result',
  },
});
