#include "compiler/ir/position_reports.hpp"

#include <string>

#include "compiler/base/text.hpp"

namespace stackc::ir {

void report_function(ValueRef v, Fn fn, std::string_view place, FnSet allowed, Sink& sink) {
  auto& d = sink.report(Code::FunctionInPosition, v->origin, fmt::format("`{}` cannot be {}", key_of(fn), place));
  std::string names;
  for (unsigned i = 0; i <= static_cast<unsigned>(Fn::ValueOfAll); ++i) {
    if (!has(allowed, static_cast<Fn>(i))) continue;
    names += fmt::format("{}`{}`", names.empty() ? "" : ", ", key_of(static_cast<Fn>(i)));
  }
  d.note(names.empty() ? "CloudFormation accepts only a constant there"
                       : fmt::format("CloudFormation accepts there: constants, {}", names));
}

void report_resource(ValueRef v, std::string_view id, const PositionRule& rule, Sink& sink) {
  sink.report(Code::ResourceInPosition, v->origin,
              fmt::format("{} cannot depend on the resource `{}`", rule.name, id),
              "this is known only once the resource exists")
      .help("use what is known when a deployment starts: parameters, mappings, `aws.…`");
}

void report_none(ValueRef v, const PositionRule& rule, Sink& sink) {
  sink.report(Code::NoneInPosition, v->origin, fmt::format("`none` cannot be {}", rule.name))
      .help("give a value for that case with `??`, or put the declaration under the condition");
}

}  // namespace stackc::ir
