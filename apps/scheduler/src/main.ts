import 'reflect-metadata';
import { runProcess } from '#infrastructure/process/run-process.js';
import { startScheduler } from './start-scheduler.js';

await runProcess(startScheduler);
