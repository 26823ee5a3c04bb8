package dev.samzabatch.chaos;

/** Jobs over the same inputs that between them have every kind of state and of output. */
enum ChaosJob {
  AGGREGATION("""
      steps {
        sums {
          from = orders, by = [customer, item]
          aggregate = ["count(*) as n", "sum(amount) as total", "min(id) as first", "max(note) as note"]
        }
      }
      outputs { result { from = sums, uri = "out/result", format = csv, header = false, mode = replace } }
      """),
  JOIN(
      """
          steps {
            named { sql = "select o.id, o.amount, c.name, c.region from orders o join customers c on o.customer = c.customer" }
            unmatched { sql = "select c.customer, o.id from customers c left join orders o on c.customer = o.item" }
          }
          outputs {
            result { from = named, uri = "out/result", format = csv, header = false, mode = replace }
            unmatched { from = unmatched, uri = "out/unmatched", format = json, mode = replace }
          }
          """),
  DISTINCT(
      """
          steps {
            known { sql = "select distinct note, customer from orders" }
            counted { sql = "select count(distinct note) as notes from orders" }
            several { sql = "select item, count(distinct customer) as customers, sum(amount) as total from orders group by item" }
          }
          outputs {
            result { from = known, uri = "out/result", format = csv, header = false, mode = replace }
            counted { from = counted, uri = "out/counted", format = json, mode = replace }
            several { from = several, uri = "out/several", format = json, mode = replace }
          }
          """),
  SORT("""
      steps { sorted { from = orders, order-by = ["amount desc", id] } }
      outputs { result { from = sorted, uri = "out/result", files = 1, format = csv, header = false, mode = replace } }
      """),
  TWO_SHUFFLES(
      """
          steps {
            per_customer { from = orders, by = [customer], aggregate = ["count(*) as n", "sum(amount) as total"] }
            placed { sql = "select p.customer, p.n, p.total, c.region from per_customer p join customers c on p.customer = c.customer" }
            regions { from = placed, by = [region, n], aggregate = ["count(*) as customers", "sum(total) as total"] }
          }
          outputs { result { from = regions, uri = "out/result", format = json, mode = replace } }
          checks { each-once { on = regions, unique = [region, n] } }
          """),
  MULTI_OUTPUT("""
      steps {
        large { from = orders, filter = "amount > 500" }
        items { from = orders, by = [item], aggregate = ["count(*) as n", "sum(amount) as total"] }
        most { from = items, order-by = ["total desc", item], limit = 10 }
      }
      outputs {
        result { from = large, uri = "out/result", format = csv, header = false, compress = gzip, mode = replace }
        items { from = items, uri = "out/items", format = json, mode = replace }
        most { from = most, uri = "out/most.json", files = 1, format = json, mode = replace }
        appended { from = items, uri = "out/appended", format = json, mode = append }
        once { from = items, uri = "out/once", format = json, mode = fail }
      }
      checks { some { on = most, rows = "= 10" } }
      """);

  private static final String INPUTS = """
      job = chaos
      inputs {
        orders {
          uri = "in/orders/*.csv", schema = "id long, customer string, item string, amount long, note string"
        }
        customers { uri = "in/customers/*.csv", schema = "customer string, name string, region string" }
      }
      """;

  private final String work;

  ChaosJob(String work) {
    this.work = work;
  }

  /** The job file, with these lines in its {@code run}. */
  String text(String run) {
    return INPUTS + work + "run {\n" + run + "\n}\n";
  }

  /** Whether the order of the rows is part of the result. */
  boolean isOrdered() {
    return this == SORT;
  }
}
