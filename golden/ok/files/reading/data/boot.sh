#!/bin/sh
echo "ECS_CLUSTER=@CLUSTER@" >> "${CONFIG:-/etc/ecs/ecs.config}"
echo @COUNT@ mail@example.com
