import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ServiceView } from '#contracts/http/service.dto.js';
import { Public } from './access/access.js';
import { serviceName, serviceVersion } from './service-version.js';

@ApiTags('service')
@Controller()
export class ServiceController {
  @Get('/')
  @Public()
  @ApiOperation({
    operationId: 'getService',
    summary: 'What answers here',
    description: 'Anyone may ask.',
  })
  @ApiResponse({ status: 200, type: ServiceView, description: 'This service.' })
  get(): ServiceView {
    return { name: serviceName, version: serviceVersion, status: 'ok' };
  }
}
