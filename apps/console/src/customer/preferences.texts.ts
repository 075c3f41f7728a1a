import { texts } from '../text/language.js';

const names = { email: 'Correo', whatsapp: 'WhatsApp', push: 'Push' };
const namesInEnglish: typeof names = { email: 'E-mail', whatsapp: 'WhatsApp', push: 'Push' };

export const preferencesTexts = texts({
  es: {
    title: 'Cómo avisarle',
    lead: 'Se intenta de arriba abajo: si un canal no llega, sigue el siguiente.',
    names,
    list: 'Canales en el orden en que se intentan',
    move: (channel: string) => `Mover ${channel}`,
    up: (channel: string) => `Subir ${channel}`,
    down: (channel: string) => `Bajar ${channel}`,
    wanted: (channel: string) => `Quiere avisos por ${channel}`,
    fromMatrix: 'Sin orden propio: vale el de la matriz de cada fase.',
    toMatrix: 'Usar el orden de la matriz',
    consents: 'Con consentimiento',
    withdrawn: (moment: string) => `Consentimiento retirado el ${moment}: nada sale por aquí`,
    withdraw: 'Retirar consentimiento',
    withdrawOf: (channel: string) => `Retirar consentimiento para ${channel}`,
    withdrawQuestion: (channel: string) => `¿Retirar el consentimiento para ${channel}?`,
    withdrawLead:
      'Desde ahora no sale nada por este canal, tampoco lo urgente. El cliente puede volver a darlo.',
    give: 'Registrar consentimiento',
    giveOf: (channel: string) => `Registrar consentimiento para ${channel}`,
    giveQuestion: (channel: string) => `¿Registrar el consentimiento para ${channel}?`,
    giveLead: 'Hágalo solo si el cliente lo dio de nuevo, de palabra o por escrito.',
    instructions:
      'Para mover un canal con el teclado pulse espacio, use las flechas y pulse espacio otra vez. Escape lo deja donde estaba.',
    lifted: (channel: string, place: number) => `${channel} tomado, lugar ${place}.`,
    over: (channel: string, place: number) => `${channel} quedaría en el lugar ${place}.`,
    dropped: (channel: string, place: number) => `${channel} queda en el lugar ${place}.`,
    cancelled: (channel: string) => `${channel} queda donde estaba.`,
    changedMeanwhile: 'Alguien cambió estas preferencias mientras usted las veía',
    changedMeanwhileLead:
      'Nada se ha sobrescrito. Arriba está lo que vale ahora; repita su cambio si aún hace falta.',
  },
  en: {
    title: 'How to tell him',
    lead: 'Tried from the top down: where one channel fails, the next follows.',
    names: namesInEnglish,
    list: 'Channels in the order in which they are tried',
    move: (channel) => `Move ${channel}`,
    up: (channel) => `${channel} up`,
    down: (channel) => `${channel} down`,
    wanted: (channel) => `Wants notices by ${channel}`,
    fromMatrix: 'No order of his own: that of each phase’s matrix holds.',
    toMatrix: 'Use the matrix’s order',
    consents: 'With consent',
    withdrawn: (moment) => `Consent withdrawn on ${moment}: nothing leaves here`,
    withdraw: 'Withdraw consent',
    withdrawOf: (channel) => `Withdraw consent to ${channel}`,
    withdrawQuestion: (channel) => `Withdraw the consent to ${channel}?`,
    withdrawLead:
      'From now on nothing leaves on this channel, not even what is urgent. The customer can give it again.',
    give: 'Record consent',
    giveOf: (channel) => `Record consent to ${channel}`,
    giveQuestion: (channel) => `Record the consent to ${channel}?`,
    giveLead: 'Only if the customer gave it again, by word or in writing.',
    instructions:
      'To move a channel by keyboard press space, use the arrows, and press space again. Escape leaves it where it was.',
    lifted: (channel, place) => `${channel} picked up, place ${place}.`,
    over: (channel, place) => `${channel} would be at place ${place}.`,
    dropped: (channel, place) => `${channel} is at place ${place}.`,
    cancelled: (channel) => `${channel} stays where it was.`,
    changedMeanwhile: 'Someone changed these preferences while you were looking at them',
    changedMeanwhileLead:
      'Nothing was overwritten. Above stands what holds now; make your change again if it is still needed.',
  },
});
