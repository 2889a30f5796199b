#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/import/import.hpp"

namespace stackc {

/// A template as stack source that builds to the same template.
struct RoundTrip {
  std::string text;  // formatted; empty when no source says the template exactly
  struct Piece {
    std::string pointer;  // JSON pointer in the template
    cfn::Faith faith;
  };
  std::vector<Piece> pieces;         // those that are not idiomatic, in source order, outer ones alone
  std::vector<std::string> differs;  // pointers that resisted; empty when exact
  std::vector<Diagnostic> errors;  // of the last source, which was not exact; places are in `text_of_errors`
  std::string unfinished;          // that source
  std::vector<std::string> history;  // what was written less freely in which round and why, for `-v`
  std::size_t values = 0;            // pieces in all
  int rounds = 0;                    // how often it was written and built
};

/// Writes `t` as stack source, builds it in memory, compares with `document`, and writes less freely what
/// differs, until nothing does. `around` holds the other stacks of a project, by path; `path` is where the
/// source will stand among them.
RoundTrip round_trip(const ir::Template& t, const cfn::Document& document, const cfn::SourceOptions& options,
                     const std::string& path = "template.stack", const MemoryFileSystem& around = {});

/// Where the piece at a JSON pointer stands in the template: its key, or the nearest place around it.
Span place_of(const cfn::Document& document, std::string_view pointer);

/// JSON pointers of the places where two documents differ, outermost first; at most `most`. Objects are
/// compared by key, whatever their order; the text and the list form of `Fn::GetAtt` are the same.
std::vector<std::string> differences(ir::ValueRef a, ir::ValueRef b, std::size_t most = 10000);

}  // namespace stackc
