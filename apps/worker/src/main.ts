import 'reflect-metadata';
import { runProcess } from '#infrastructure/process/run-process.js';
import { startWorker } from './start-worker.js';

await runProcess(startWorker);
