// The values that a release of a Phoenix application needs, exactly: a target group, a task definition and a service
// as `aws ecs register-task-definition` and `aws ecs create-service` take them, with what is filled in later.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace stackc::tests {
namespace {

using nlohmann::json;

constexpr const char* kTargetGroup = R"({
  "Type": "AWS::ElasticLoadBalancingV2::TargetGroup",
  "Properties": {
    "Name": {"Fn::Sub": "${AWS::StackName}-default"},
    "VpcId": {"Fn::If": ["IsVPCIdSpecified", {"Ref": "VPCId"}, {"Fn::ImportValue": {"Fn::Sub": "${VPCStackName}:VPC"}}]},
    "Port": 80, "Protocol": "HTTP", "Matcher": {"HttpCode": "200,301,302,307"},
    "TargetGroupAttributes": [
      {"Key": "deregistration_delay.timeout_seconds", "Value": "30"},
      {"Key": "stickiness.enabled", "Value": "false"}]}
})";

constexpr const char* kTask = R"({
  "family": "default",
  "containerDefinitions": [{
    "name": "web", "image": "${ECS_TASK_IMAGE_WEB}",
    "memoryReservation": 896, "memory": 1792, "essential": true, "privileged": false,
    "portMappings": [{"containerPort": 5000}],
    "environment": [{"name": "HOST", "value": "${ENVIRONMENT_HOST}"}, {"name": "PORT", "value": "5000"}],
    "secrets": [{"name": "NODE_COOKIE", "valueFrom": "${ENVIRONMENT_NODE_COOKIE}"}],
    "logConfiguration": {"logDriver": "awslogs", "options": {
      "awslogs-group": "${LOG_CONFIGURATION_GROUP}", "awslogs-region": "${LOG_CONFIGURATION_REGION}",
      "awslogs-stream-prefix": "${LOG_CONFIGURATION_STREAM_PREFIX}"}}}]
})";

constexpr const char* kService = R"({
  "cluster": "${ECS_CLUSTER_NAME}", "serviceName": "${ECS_SERVICE_NAME}", "taskDefinition": "${ECS_TASK_DEFINITION}",
  "loadBalancers": [{"targetGroupArn": "${ELB_TARGET_GROUP_ARN}", "containerName": "web", "containerPort": 5000}],
  "desiredCount": 2, "clientToken": "${NONCE}", "role": "${ECS_SERVICE_ROLE_ARN}",
  "deploymentConfiguration": {"maximumPercent": 150, "minimumHealthyPercent": 50}
})";

TEST(Targets, ComeOutExactly) {
  const TemporaryFolder out;
  const std::string folder = (source_root() / "golden/ok/documents/targets").string();
  const ProcessResult result = run_process({STACKC_BINARY, "build", "main.stack", "--out", out.path()}, folder);
  ASSERT_EQ(result.status, 0) << result.err;
  const auto written = [&](const char* file) { return json::parse(read_file(out.path() / file)); };
  EXPECT_EQ(written("targets.template.json")["Resources"]["Targets"], json::parse(kTargetGroup));
  EXPECT_EQ(written("ecs/task.json"), json::parse(kTask));
  EXPECT_EQ(written("ecs/service.json"), json::parse(kService));
}

}  // namespace
}  // namespace stackc::tests
