/**
 * What the service says itself where a provider said nothing, by its English words; `#` stands for
 * a number. The words of others are theirs, and stay as they are.
 */
export const spanish: Record<string, string> = {
  'no answer within # ms': 'no respondió en # ms',
  'there is no sender': 'no hay nada configurado para enviar',
  'the provider cannot be asked': 'no se le puede preguntar al proveedor',
  'no channel settings at hand': 'falta la configuración del canal',
  'the line takes messages, but no phone has acknowledged one for ten minutes':
    'la línea acepta mensajes, pero ningún teléfono confirma uno desde hace diez minutos',
  'instance close': 'la línea de WhatsApp está desconectada',
  'instance connecting': 'la línea de WhatsApp se está conectando',
  'not in E.164': 'el teléfono no está en formato internacional',
  'not one mailbox': 'no es una dirección de correo',
  'not a public address': 'la dirección del dispositivo no es pública',
  'no template at hand': 'falta la plantilla',
  'found at the provider': 'el proveedor ya lo tenía',
  'the provider does not have it': 'el proveedor no lo tiene',
};

export function tellInSpanish(detail: string): string {
  const [number = ''] = /\d+/.exec(detail) ?? [];
  return spanish[detail.replace(/\d+/, '#')]?.replace('#', number) ?? detail;
}
