#include "compiler/syntax/format.hpp"

#include "compiler/syntax/format_printer.hpp"

namespace stackc {
namespace format_detail {

std::string Printer::run() {
  file();
  // A tree that does not follow its source comes from a parse with errors: better the file as it is
  // than one with a piece missing.
  return lost_ ? std::string(source_) : layout_.print();
}

}  // namespace format_detail

std::string format(const ast::Ast& ast) { return format_detail::Printer(ast).run(); }

}  // namespace stackc
