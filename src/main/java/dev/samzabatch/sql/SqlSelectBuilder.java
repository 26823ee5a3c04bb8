package dev.samzabatch.sql;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Puts one SELECT together. */
final class SqlSelectBuilder {

  private static final SqlParserPos HERE = SqlParserPos.ZERO;

  private final SqlSelect select;

  private SqlSelectBuilder(SqlSelect select) {
    this.select = select;
  }

  /** {@code select * from} this. */
  static SqlSelectBuilder allOf(SqlNode from) {
    SqlNodeList star = SqlNodeList.of(SqlIdentifier.star(HERE));
    return new SqlSelectBuilder(
        new SqlSelect(HERE, null, star, from, null, null, null, null, null, null, null, null, null));
  }

  void distinct() {
    select.setOperand(0, SqlNodeList.of(SqlSelectKeyword.DISTINCT.symbol(HERE)));
  }

  /** What is selected; everything when there are no items. */
  void items(List<SqlNode> items) {
    if (!items.isEmpty()) {
      select.setSelectList(new SqlNodeList(items, HERE));
    }
  }

  void where(SqlNode condition) {
    select.setWhere(condition);
  }

  void groupBy(List<SqlNode> keys) {
    select.setGroupBy(new SqlNodeList(keys, HERE));
  }

  void orderBy(List<SqlNode> items, Optional<SqlNode> offset, Optional<SqlNode> limit) {
    if (!items.isEmpty()) {
      select.setOrderBy(new SqlNodeList(items, HERE));
    }
    offset.ifPresent(select::setOffset);
    limit.ifPresent(select::setFetch);
  }

  SqlSelect build() {
    return select;
  }
}
