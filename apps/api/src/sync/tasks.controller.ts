import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ids } from '#contracts/http/examples.js';
import { TaskStatusView } from '#contracts/http/sync.dto.js';
import { statusOfNotification, statusOfSyncTask } from '#domain/sync/task-status.js';
import {
  type DispatchedTask,
  findDispatchedTask,
} from '#infrastructure/persistence/sync/dispatched-tasks.js';
import { type SyncTaskRow, SyncTasks } from '#infrastructure/persistence/sync/sync-tasks.js';
import { Internal } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { IdParam } from '../http/id-param.pipe.js';
import { UuidInPath } from '../http/path-params.js';
import { found } from '../http/writer.js';

@ApiTags('internal')
@Controller('api/internal/v1/tasks')
export class TasksController {
  constructor(
    private readonly tasks: SyncTasks,
    private readonly dataSource: DataSource,
  ) {}

  @Get(':task_id/status/')
  @Internal()
  @ApiOperation({
    operationId: 'getTaskStatus',
    summary: "How far a sync is, or a dispatch's notification",
    description:
      'A task is a sync, or the first message of a dispatch: its notification’s road is told in the same words.',
  })
  @UuidInPath('The task, as a receipt names it.', ids.task, 'task_id')
  @ApiResponse({ status: 200, type: TaskStatusView, description: 'As it is now.' })
  @ApiProblems(400, 401, 404, 500, 503)
  async status(@Param('task_id', new IdParam('task_id')) id: string): Promise<TaskStatusView> {
    const task = await this.tasks.find(id);
    if (task) return syncView(task);
    return dispatchView(id, found(await findDispatchedTask(this.dataSource, id), 'task'));
  }
}

function syncView(task: SyncTaskRow): TaskStatusView {
  const { records, applied, unchanged, ignored, error_code: code } = task;
  return {
    task_id: task.id,
    status: statusOfSyncTask(task.state, task.attempts),
    result: task.ended_at && { records, applied, unchanged, ignored },
    error: code && [code, task.error].filter((part) => part).join(': '),
    attempts: task.attempts,
    created_at: task.created_at.toISOString(),
    ended_at: task.ended_at?.toISOString() ?? null,
  };
}

function dispatchView(taskId: string, task: DispatchedTask): TaskStatusView {
  const { event_id, notification_id, state, state_reason } = task;
  const status = statusOfNotification(state, task.attempts, task.is_sending);
  return {
    task_id: taskId,
    status,
    result: task.ended_at && { event_id, notification_id, state },
    error: status === 'FAILURE' ? [state, state_reason].filter((part) => part).join(': ') : null,
    attempts: task.attempts,
    created_at: task.created_at.toISOString(),
    ended_at: task.ended_at?.toISOString() ?? null,
  };
}
