/** The strings of the lesson page, in French and English. */

import type { Language } from '../course/lessons.ts';
import en from './en.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };

/** The name of a message. */
export type MessageId = keyof typeof fr & keyof typeof en;

/** Gives a message in the page's language, its `{name}` places filled. */
export type Say = (id: MessageId, values?: Readonly<Record<string, string>>) => string;

const CATALOGUES: Record<Language, Record<MessageId, string>> = { fr, en };

/** The language for JupyterLab's locale (fr_FR, fr-FR, en, default); `otherwise` where it says nothing. */
export function pageLanguage(locale: string, otherwise: string): Language {
  const code = locale === '' || locale === 'default' ? otherwise : locale;
  return code.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

/** A speaker of `language`. */
export function speaker(language: Language): Say {
  return (id, values = {}) =>
    CATALOGUES[language][id].replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
