/** The plugins of the lesson page. */

import { lesson } from './lesson/plugin.ts';
import { serviceWorker } from './serviceworker/plugin.ts';
import { wayBack } from './wayback/plugin.ts';

export default [serviceWorker, lesson, wayBack];
