import 'reflect-metadata';
import { runProcess } from '#infrastructure/process/run-process.js';
import { startApi } from './start-api.js';

await runProcess(startApi);
