// The values that a release of a Phoenix application needs, exactly: a target group, a task definition and a service
// as `aws ecs register-task-definition` and `aws ecs create-service` take them, with what is filled in later.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

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

/// The three values in what `stackc build` makes of a folder: the template, its target group, the service.
void expect_exact(const std::string& sources, const std::vector<std::string>& arguments, const std::string& made,
                  const std::string& tmpl, const std::string& target_group, const std::string& service) {
  const TemporaryFolder out;
  std::vector<std::string> command{STACKC_BINARY, "build", "--out", out.path()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const ProcessResult result = run_process(command, (source_root() / sources).string());
  ASSERT_EQ(result.status, 0) << result.err;
  const auto written = [&](const std::string& file) { return json::parse(read_file(out.path() / made / file)); };
  EXPECT_EQ(written(tmpl)["Resources"][target_group], json::parse(kTargetGroup));
  EXPECT_EQ(written("ecs/task.json"), json::parse(kTask));
  EXPECT_EQ(written(service), json::parse(kService));
}

TEST(Targets, ComeOutExactly) {
  expect_exact("golden/ok/documents/targets", {"main.stack"}, ".", "targets.template.json", "Targets",
               "ecs/service.json");
}

TEST(Targets, ComeOutExactlyOfPhoenix) {
  for (const char* environment : {"staging", "production"}) {
    expect_exact("examples/phoenix", {".", "--env", environment}, environment, "acme-app.template.json",
                 "DefaultTargetGroup", "ecs/create-service.json");
  }
}

}  // namespace
}  // namespace stackc::tests
