#include "compiler/diag/diagnostic.hpp"
#include "compiler/diag/registry.hpp"

namespace stackc {

Diagnostic& Sink::report(Code code, Span primary, std::string message, std::string primary_label) {
  Diagnostic& diagnostic = diagnostics_.emplace_back();
  diagnostic.code = code;
  diagnostic.severity = info(code).severity;
  diagnostic.message = std::move(message);
  if (primary.valid()) diagnostic.label(primary, std::move(primary_label));
  if (diagnostic.severity == Severity::Error) ++errors_;
  return diagnostic;
}

}  // namespace stackc
