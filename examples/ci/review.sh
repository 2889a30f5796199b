#!/bin/sh
# What a reviewer wants to know about a change of infrastructure, in any pipeline:
#
#   review.sh BASE [COMMENT]
#
# BASE is the branch that the change goes to (origin/main). COMMENT is a file for the text of a comment.
# Exits with 1 when something must not pass, with 2 when the comparison is impossible.
set -eu

base=${1:?usage: review.sh BASE [COMMENT]}
comment=${2:-stackc-comment.md}
# What nobody may merge without `@replace(ok: "reason")` in source, or without changing this line.
fail_on=${FAIL_ON:-replace-stateful,delete-stateful,export-in-use,security-widening}

# Where the change branched off: what happened on the base branch since is not part of it.
from=$(git merge-base "$base" HEAD) || {
  echo "review.sh: no common ancestor with $base; is the clone shallow? git fetch --unshallow" >&2
  exit 2
}

status=0
stackc check || status=1
stackc fmt --check . || status=1
stackc build --check || status=1
[ "$status" -eq 0 ] || exit 1

# The mark in the first line is how the comment is found again. What fails stands in it as such.
{
  echo '<!-- stackc diff -->'
  stackc diff "git:$from" --fail-on "$fail_on" --format markdown
} >"$comment" || status=$?
[ "$status" -eq 2 ] && exit 2 # said on standard error
stackc diff "git:$from" --fail-on "$fail_on" || status=$?
exit "$status"
