#pragma once

#include <string>
#include <string_view>

#include "compiler/base/source.hpp"
#include "compiler/diag/form_text.hpp"
#include "compiler/diag/json_text.hpp"

namespace stackc {

/// What every SARIF 2.1.0 log of one run consists of, whoever has findings. The frame is opened by the
/// constructor and closed by `take`; between them stand `begin_rules`, the rules, `begin_results`, the results.
class SarifLog {
 public:
  /// `version`: of the tool; may be empty.
  SarifLog(std::string_view tool, std::string_view version, const SourceMap& sources, const PathRoot& root);

  void begin_results();
  [[nodiscard]] std::string take();

  /// `"name": {"text": …}`.
  void message(std::string_view name, std::string_view text);
  /// Where a file is.
  void artifact(FileId file);
  /// `"name": {"startLine": …}`, in code points from 1.
  void region(std::string_view name, Span span);
  /// `"physicalLocation": …` of a span.
  void physical_location(Span span);

  JsonText json;

 private:
  const SourceMap& sources_;
  const PathRoot& root_;
};

}  // namespace stackc
