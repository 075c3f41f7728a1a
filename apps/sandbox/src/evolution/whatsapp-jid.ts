/**
 * The jid that Evolution API 2.3 makes of a number: digits only, with the mobile digit of Mexico
 * and Argentina taken out, and that of Brazil from area code 31 on.
 */
export function whatsappJid(number: string): string {
  const digits = (number.split(/[:@]/)[0] ?? '').replace(/\D/g, '');
  return `${rewrite(digits)}@s.whatsapp.net`;
}

function rewrite(digits: string): string {
  if (/^52\d{11}$/.test(digits)) return `52${digits.slice(3)}`;
  if (/^54\d{11}$/.test(digits)) return `54${digits.slice(3)}`;
  const brazilian = /^55(\d{2})\d([7-9]\d{7})$/.exec(digits);
  if (brazilian && Number(brazilian[1]) >= 31) return `55${brazilian[1]}${brazilian[2]}`;
  return digits;
}
