type Words = readonly [es: string, en: string];

/** Stable codes of why something failed, as the service knows them. */
export const causes: Readonly<Record<string, Words>> = {
  bounced: ['El correo fue devuelto', 'The mail came back'],
  canceled: ['El aviso fue cancelado', 'The notice was cancelled'],
  cannot_be_confirmed: ['No se pudo confirmar si llegó', 'It could not be confirmed'],
  channel_misconfigured: ['El canal está mal configurado', 'The channel is misconfigured'],
  channel_not_configured: ['El canal no está configurado', 'The channel is not configured'],
  connection_lost: ['La conexión se cortó', 'The connection was cut'],
  consent_withdrawn: ['La persona retiró su permiso', 'The person has withdrawn consent'],
  customer_missing: ['El cliente del registro no existe', "The record's customer does not exist"],
  endpoint_refused: [
    'La dirección del dispositivo no se admite',
    'The device address is not allowed',
  ],
  erased: ['Se borraron los datos de la persona', "The person's data was erased"],
  evolution_instance: ['La instancia de Evolution no existe', 'Evolution has no such instance'],
  evolution_key: ['La clave de Evolution no es válida', "Evolution's key is not valid"],
  evolution_licence: ['Falta la licencia de Evolution', "Evolution's licence is missing"],
  evolution_url: ['La dirección de Evolution no es la suya', "Evolution's address is wrong"],
  evolution_v1_server: [
    'El servidor de Evolution es demasiado viejo',
    "Evolution's server is too old",
  ],
  expired: ['El aviso venció', 'The notice has expired'],
  graph_silent: ['WhatsApp no contestó', 'WhatsApp did not answer'],
  held_too_long: ['Se detuvo hasta que ya no servía', 'It was held beyond its use'],
  instance_down: ['La línea de WhatsApp está caída', 'The WhatsApp line is down'],
  invalid_mailbox: ['La dirección de correo no es válida', 'The e-mail address is not valid'],
  invalid_phone: ['El teléfono no es válido', 'The phone number is not valid'],
  lost_line: [
    'La línea de WhatsApp se cortó al enviar',
    'The WhatsApp line was lost while sending',
  ],
  missing_variables: [
    'Faltan datos que la plantilla necesita',
    'Data the template needs is missing',
  ],
  no_acknowledgements: ['La línea no confirma ninguna entrega', 'The line confirms no delivery'],
  no_orchestration: ['La matriz no tiene esa fase', 'The matrix has no such phase'],
  no_reachable_channel: ['No quedó ningún canal por el que avisar', 'No channel was left'],
  no_turn_in_time: ['No le tocó el turno a tiempo', 'Its turn did not come in time'],
  not_arrived: ['No llegó al proveedor', 'It did not reach the provider'],
  not_on_whatsapp: ['El número no está en WhatsApp', 'The number is not on WhatsApp'],
  not_recorded: ['Evolution no pudo anotar el envío', 'Evolution could not record the send'],
  nothing_left: ['No quedó ningún canal por el que avisar', 'No channel was left'],
  poison: ['Varios procesos terminaron mientras lo tenían', 'Several processes ended holding it'],
  provider_down: ['El proveedor no respondía', 'The provider was failing'],
  push_dropped: ['El servicio push lo descartó', 'The push service dropped it'],
  push_not_served: ['El servicio push no sirve este envío', 'The push service does not serve this'],
  push_throttled: ['El servicio push pidió ir más despacio', 'The push service asked to slow down'],
  recipient_gone: ['La persona ya no está registrada', 'The person is no longer registered'],
  readers_died: ['Varios procesos terminaron al leerlo', 'Several processes ended reading it'],
  refused_content: ['El proveedor rechazó el contenido', 'The provider refused the content'],
  refused_for_good: [
    'El proveedor o la dirección lo rechazó',
    'The provider or address refused it',
  ],
  retries_used_up: ['Se agotaron los intentos', 'The attempts are used up'],
  run_failed: ['La tarea falló todas las veces', 'The task failed each time'],
  run_lost: ['Los procesos de la tarea terminaron', "The task's processes ended"],
  secret_unreadable: ['La clave guardada no se puede leer', 'The kept secret cannot be read'],
  settings_unavailable: ['No se pudo leer la configuración', 'The settings could not be read'],
  smtp_auth: ['El servidor de correo rechazó el acceso', 'The mail server refused the login'],
  smtp_dns: ['No se pudo buscar el servidor de correo', 'The mail server could not be looked up'],
  smtp_host: ['El servidor de correo no existe', 'There is no such mail server'],
  smtp_settings: ['La configuración del correo no es válida', 'The mail settings are not valid'],
  smtp_tls: ['La conexión segura con el correo falló', 'The secure mail connection failed'],
  stood_still: ['El proceso estuvo detenido', 'The process stood still'],
  subscription_gone: ['El dispositivo ya no recibe avisos', 'The device takes no notices any more'],
  subscription_key_mismatch: [
    'El dispositivo se registró con otra clave',
    'The device has another key',
  ],
  subscription_keys: [
    'Las claves del dispositivo no son válidas',
    "The device's keys are not valid",
  ],
  superseded: ['Lo reemplazó un aviso más nuevo', 'A newer notice has replaced it'],
  template_failed: ['La plantilla no se pudo componer', 'The template could not be rendered'],
  template_unavailable: ['No se pudo leer la plantilla', 'The template could not be read'],
  timeout: ['El proveedor tarda demasiado', 'The provider takes too long'],
  too_large: ['El mensaje es demasiado grande', 'The message is too large'],
  unreachable: ['El proveedor no responde', 'The provider does not answer'],
  unreadable: ['Lo que dijo el proveedor no se entiende', 'What the provider said makes no sense'],
  unreadable_answer: ['El proveedor contestó algo ilegible', "The provider's answer is unreadable"],
  vapid_refused: [
    'El servicio push rechazó la clave VAPID',
    'The push service refused the VAPID key',
  ],
  whatsapp_error: ['WhatsApp perdió el mensaje', 'WhatsApp lost the message'],
  whatsapp_rate: ['WhatsApp pidió ir más despacio', 'WhatsApp asked to slow down'],
  worker_lost: ['El proceso que lo enviaba terminó', 'The process that sent it ended'],
  wrong_channel: ['El mensaje es de otro canal', 'The message belongs to another channel'],
};

/** Who answers with a number of its own. */
const numbered: Readonly<Record<string, Words>> = {
  smtp: ['El servidor de correo contestó', 'The mail server answered'],
  push: ['El servicio push contestó', 'The push service answered'],
  evolution: ['Evolution contestó', 'Evolution answered'],
  graph: ['WhatsApp contestó', 'WhatsApp answered'],
};

/** In words; a code that nobody here knows as it is. */
export function causeInWords(code: string, language: 'es' | 'en'): string {
  const place = language === 'es' ? 0 : 1;
  const words = causes[code];
  if (words) return words[place];
  const [, who = '', number = ''] = /^([a-z]+)_(\d+)$/.exec(code) ?? [];
  const answered = numbered[who];
  return answered ? `${answered[place]} ${number}` : code;
}
