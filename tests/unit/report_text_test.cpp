#include <gmock/gmock.h>

#include "tests/unit/report_support.hpp"

namespace stackc::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A database that is replaced because the group below it is, and a rule that opens a port.
void fill(MadeComparison& made) {
  const auto app =
      made.file("stacks/app.stack", "stack \"acme-app\"\n\nresource Db: AWS::RDS::DBInstance {\n");
  auto& stack = made.stack("acme-app");
  const auto b = made.build().at(Span{app, 27, 29});
  diff::ResourceChange db;
  db.id = "Db";
  db.type = "AWS::RDS::DBInstance";
  db.action = diff::Action::Replace;
  db.fate = diff::Fate::Snapshot;
  db.stateful = true;
  db.after = made.resource("Db", "AWS::RDS::DBInstance", Span{app, 27, 29});
  diff::PropertyChange forced;
  forced.path = "DBSubnetGroupName";
  forced.before = b.ref("Group");
  forced.after = b.ref("Group");
  forced.replacement = schema::Replacement::Yes;
  forced.chain.steps = {
      {"Parameters", "Name", ""}, {"", "Group", "DBSubnetGroupName"}, {"", "Db", "DBSubnetGroupName"}};
  db.properties.push_back(forced);
  diff::PropertyChange size;
  size.path = "AllocatedStorage";
  size.before = b.string("20");
  size.after = b.string("40");
  db.properties.push_back(size);
  stack.resources.push_back(db);
  stack.totals.replace = 1;
  made.projects.back().totals.replace = 1;
  diff::Danger danger;
  danger.kind = diff::DangerKind::ReplaceStateful;
  danger.resource = "Db";
  danger.message = "`Db` is replaced: the new database is empty, the old one is kept as a snapshot";
  danger.facts = {"DBSubnetGroupName: Group is replaced"};
  danger.help = "restore the snapshot with `DBSnapshotIdentifier`";
  danger.origin = Span{app, 27, 29};
  stack.dangers.push_back(danger);
}

TEST(ReportText, DangersStandBeforeTheStacksAndTotalsOnTop) {
  MadeComparison made;
  fill(made);
  EXPECT_EQ(report::render_text(made.comparison(), {}), R"(1 stack changes: 1 replaced; 1 warning

warning[replace-stateful]: `Db` is replaced: the new database is empty, the old one is kept as a snapshot
  --> acme-app / Db, stacks/app.stack:3:10
   | DBSubnetGroupName: Group is replaced
   = help: restore the snapshot with `DBSnapshotIdentifier`

acme-app: 1 replaced
  -/+  replace     Db  AWS::RDS::DBInstance  stacks/app.stack:3:10
        the old one is deleted after a snapshot
        ~ DBSubnetGroupName: Group (another value)  forces a replacement
            because of parameter Name → Group.DBSubnetGroupName
            at stacks/app.stack:3:10
        ~ AllocatedStorage: "20" → "40"
)");
}

}  // namespace
}  // namespace stackc::tests
