#include "compiler/base/text.hpp"
#include "compiler/diag/explain.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/driver/commands.hpp"

namespace stackc {

int run_explain(const ExplainOptions& options, Session& session) {
  auto& console = session.console;
  if (const auto page = explain(options.code)) {
    console.out(render_page(*page, console.color_out()));
    return kFine;
  }
  if (const auto* code = find_code(options.code)) {
    console.out(fmt::format("{}: {}\n", code->number, code->title));
    return kFine;
  }
  const auto close = close_codes(options.code);
  console.error(
      fmt::format("there is no diagnostic `{}`", options.code),
      close.empty()
          ? std::string{"a diagnostic has a number such as `E0203` and a name such as `unknown-property`"}
          : fmt::format("did you mean `{}`?", fmt::join(close, "`, `")));
  return kFindings;
}

}  // namespace stackc
