// What templates are told: the mistakes that cfn-lint's broken fixtures were written for are found, what it holds
// for sound is not called wrong, and checking takes no time.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "compiler/analysis/analysis.hpp"
#include "compiler/base/text.hpp"
#include "compiler/diag/registry.hpp"
#include "tests/corpus/corpus.hpp"

namespace stackc::tests {
namespace {

constexpr std::string_view kFixtures = "aws-cloudformation_cfn-lint/test/fixtures/templates/";

/// A fixture that is broken in what templates themselves say: the defect, and the code that tells it. Others are
/// broken in what one service thinks of a value, or in what cfn-lint's own settings forbid.
struct Broken {
  std::string_view path, defect, code;
};
constexpr auto kBroken = std::to_array<Broken>({
    {"conditions.yaml", "conditions that are no conditions", "E1008"},
    {"core/conditions.yaml", "`Fn::If` with two arguments", "E0715"},
    {"core/directives.yaml", "unknown properties", "E0203"},
    {"core/mandatory_checks.yaml", "unknown attributes of resources", "E0714"},
    {"duplicate.json", "a resource twice", "E0315"},
    {"duplicate.yaml", "a resource twice", "E0315"},
    {"functions/get_stack_output.yaml", "missing and unknown keys of `Fn::GetStackOutput`", "E0715"},
    {"functions/import_value.yaml", "an import in a condition, an import of an import", "E0701"},
    {"functions/relationship_conditions.yaml", "references to what a condition may leave out", "W1111"},
    {"functions/sub_needed.yaml", "`${…}` outside of `Fn::Sub`", "W1104"},
    {"functions_base64.yaml", "a list as the text of `Fn::Base64`", "E0715"},
    {"functions_getaz.yaml", "a zone in the place of a region", "E0715"},
    {"functions_join.yaml", "three arguments of `Fn::Join`", "E0715"},
    {"functions_ref.yaml", "references to nothing", "E0709"},
    {"functions_select.yaml", "an index that is no number", "E0715"},
    {"generic.yaml", "an unknown section", "E0713"},
    {"issues.yaml", "a reference to nothing", "E0709"},
    {"mappings/used.yaml", "a mapping that nothing uses", "W1102"},
    {"modules/bad_has_create_policy.yaml", "a creation policy of a module", "E0717"},
    {"modules/bad_has_tags.yaml", "tags of a module", "E0714"},
    {"modules/bad_has_update_policy.yaml", "an update policy of a module", "E0717"},
    {"modules/bad_uses_module_metadata.yaml", "CloudFormation's own metadata", "E0714"},
    {"override/complete.yaml", "a missing property", "E0204"},
    {"override/include.yaml", "a bucket policy for nobody", "E1109"},
    {"parameters/configuration.yaml", "parameters of the wrong form", "E1008"},
    {"previous_generation_instances.yaml", "a missing property", "E0204"},
    {"properties_ebs.yaml", "a number below its limit", "W0206"},
    {"properties_rt_association.yaml", "unknown conditions", "E0709"},
    {"properties_sg_ingress.yaml", "two sources of one rule", "E1107"},
    {"refs.yaml", "references to nothing", "E0709"},
    {"resources/cloudformation/sam_app_nested.yaml", "parameters that nothing uses", "W1101"},
    {"resources/codepipeline/stages_second_stage.yaml", "a reference to nothing", "E0709"},
    {"resources/dynamodb/undefined_attribute_definition.yaml", "a key without its definition", "E1107"},
    {"resources/iam/iam_policy.yaml", "policy documents of the wrong form", "E1109"},
    {"resources/iam/resource_policy.yaml", "policy documents of the wrong form", "E1109"},
    {"resources/lambda/function_property_value_limits.yaml", "texts beyond their limit", "W0206"},
    {"resources/lambda/required_properties.yaml", "a function without a runtime", "E1107"},
    {"resources/name.yaml", "logical IDs with other characters", "E0706"},
    {"resources/primary_identifiers.yaml", "a type that is no text", "E1008"},
    {"resources/properties/atleastone.yaml", "a policy of nobody", "E1107"},
    {"resources/properties/list_duplicates.yaml", "an element twice", "W1110"},
    {"resources/properties/primitive_types_map.yaml", "a list as a map", "E0401"},
    {"resources/properties/string_size.yaml", "an alarm of nothing", "E1107"},
    {"resources/properties/templated_code.yaml", "text as an object", "E0401"},
    {"resources/rds/instance_sizes.yaml", "an unknown engine", "W0205"},
    {"resources/sns/topic_name.yaml", "a name beyond its limit", "W0206"},
    {"resources/uniqueNames.yaml", "a parameter and a resource of one name", "E0707"},
    {"resources_circular_dependency.yaml", "resources that need each other", "E0710"},
    {"resources_circular_dependency_2.yaml", "resources that need each other", "E0710"},
    {"resources_circular_dependency_dependson.yaml", "resources that need each other", "E0710"},
    {"resources_cognito_userpool_tag_is_list.yaml", "a list as a map", "E0401"},
    {"resources_deletionpolicy.yaml", "deletion policies that there are not", "E0717"},
    {"resources_iam_instanceprofile_roles.yaml", "a list beyond its limit", "W0206"},
    {"resources_updatereplacepolicy.yaml", "replacement policies that there are not", "E0717"},
    {"route53.yaml", "a lifetime beside an alias", "E1107"},
});

/// Of cfn-lint's good fixtures: sound for the rule that they are about, broken elsewhere, and AWS's validator says so.
constexpr std::size_t kGoodWithErrors = 7;

const CorpusFile* find(std::string_view path) {
  for (const CorpusFile& file : corpus()) {
    if (file.path == path) return &file;
  }
  return nullptr;
}

/// Reads and checks one file.
std::unique_ptr<ReadFile> checked(const CorpusFile& file) {
  auto read = tests::read(file);
  if (read->tmpl == nullptr) return read;
  analysis::analyse(*read->tmpl, read->sink);
  analysis::check_template(*read->tmpl, schema::Schema::aws(), read->sink);
  return read;
}

bool says(const ReadFile& file, std::string_view number) {
  return std::any_of(file.sink.all().begin(), file.sink.all().end(),
                     [&](const Diagnostic& d) { return info(d.code).number == number; });
}

TEST(CorpusChecks, FindWhatFixturesAreBrokenFor) {
  if (corpus().empty()) GTEST_SKIP();
  std::size_t seen = 0, found = 0;
  for (const Broken& broken : kBroken) {
    const CorpusFile* file = find(std::string(kFixtures) + "bad/" + std::string(broken.path));
    if (file == nullptr) continue;
    ++seen;
    const bool told = says(*checked(*file), broken.code);
    found += told ? 1 : 0;
    fmt::print("{:60} {:50} {} {}\n", broken.path, broken.defect, broken.code, told ? "told" : "MISSED");
  }
  fmt::print("{} of {} told\n", found, seen);
  EXPECT_GE(found * 100, seen * 95);
}

TEST(CorpusChecks, TellNoErrorsWhereCfnLintSeesNone) {
  if (corpus().empty()) GTEST_SKIP();
  Table table({"templates", "errors", "warnings only", "clean"});
  std::vector<std::string> told;
  const auto start = std::chrono::steady_clock::now();
  for (const CorpusFile& file : corpus()) {
    const auto read = checked(file);
    if (read->tmpl == nullptr) continue;
    table.count(file.source, "templates");
    table.count(file.source, read->sink.has_errors() ? "errors" : read->sink.all().empty() ? "clean" : "warnings only");
    const bool good = file.path.starts_with(std::string(kFixtures) + "good/");
    if (good && read->sink.has_errors()) told.push_back(file.path.substr(kFixtures.size()) + ": " + first_error(*read));
  }
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  table.print("checked");
  fmt::print("{:.0f} templates a second\n", static_cast<double>(table.sum("templates")) / time.count());
  for (const std::string& line : told) fmt::print("{}\n", line);
  EXPECT_LE(told.size(), kGoodWithErrors);
}

}  // namespace
}  // namespace stackc::tests
