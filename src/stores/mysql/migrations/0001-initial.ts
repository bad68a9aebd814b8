import type { Migration } from './migration.js';

/**
 * The first schema. The CHECKs and unique keys are the last line of defence for what the design promises: an event cannot
 * be sold beyond its quantity and a user cannot hold more than the limit, whatever the code above does.
 * Orders carry no foreign key to users: it would lock the parent row of every buyer in a batch, and users are never deleted.
 * Everything here exists in MySQL 8.0.16+ and MariaDB 10.6+.
 */
export const initial: Migration = {
  name: '0001-initial',
  up: [
    `CREATE TABLE users (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      phone VARCHAR(32) NOT NULL,
      name VARCHAR(100) NULL,
      password_hash VARCHAR(255) NOT NULL,
      birth_date DATE NULL,
      work_status VARCHAR(32) NULL,
      national_id_encrypted VARBINARY(255) NULL,
      national_id_last4 VARCHAR(4) NULL,
      blocked_at DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      UNIQUE KEY users_phone (phone)
    )`,
    `CREATE TABLE deny_list (
      user_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
      reason VARCHAR(255) NOT NULL,
      created_by VARCHAR(64) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      CONSTRAINT deny_list_user FOREIGN KEY (user_id) REFERENCES users (id)
    )`,
    `CREATE TABLE admins (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      username VARCHAR(64) NOT NULL,
      password_hash VARCHAR(255) NOT NULL,
      role VARCHAR(16) NOT NULL,
      disabled_at DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      UNIQUE KEY admins_username (username),
      CONSTRAINT admins_role CHECK (role IN ('viewer', 'operator', 'admin'))
    )`,
    `CREATE TABLE commodities (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      name VARCHAR(200) NOT NULL,
      description TEXT NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      UNIQUE KEY commodities_name (name)
    )`,
    `CREATE TABLE sale_events (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      title VARCHAR(200) NOT NULL,
      commodity_id BIGINT UNSIGNED NOT NULL,
      price_cents BIGINT NOT NULL,
      quantity INT NOT NULL,
      sold INT NOT NULL DEFAULT 0,
      purchase_limit INT NOT NULL DEFAULT 1,
      rule TEXT NOT NULL,
      rule_version INT NOT NULL DEFAULT 1,
      limits TEXT NOT NULL,
      starts_at DATETIME(3) NOT NULL,
      ends_at DATETIME(3) NOT NULL,
      payment_window_seconds INT NOT NULL,
      paused TINYINT(1) NOT NULL DEFAULT 0,
      closed_at DATETIME(3) NULL,
      deleted_at DATETIME(3) NULL,
      fence BIGINT UNSIGNED NOT NULL DEFAULT 1,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      KEY sale_events_ends_at (ends_at),
      CONSTRAINT sale_events_commodity FOREIGN KEY (commodity_id) REFERENCES commodities (id),
      CONSTRAINT sale_events_price CHECK (price_cents >= 0),
      CONSTRAINT sale_events_quantity CHECK (quantity >= 0),
      CONSTRAINT sale_events_sold CHECK (sold >= 0 AND sold <= quantity),
      CONSTRAINT sale_events_purchase_limit CHECK (purchase_limit >= 1),
      CONSTRAINT sale_events_window CHECK (ends_at > starts_at),
      CONSTRAINT sale_events_payment_window CHECK (payment_window_seconds >= 1)
    )`,
    `CREATE TABLE orders (
      id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      event_id BIGINT UNSIGNED NOT NULL,
      user_id BIGINT UNSIGNED NOT NULL,
      quantity INT NOT NULL,
      price_cents BIGINT NOT NULL,
      state VARCHAR(16) NOT NULL,
      sequence BIGINT UNSIGNED NOT NULL,
      ticket_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      reserved_at DATETIME(3) NOT NULL,
      ordered_at DATETIME(3) NOT NULL,
      pay_before DATETIME(3) NOT NULL,
      paid_at DATETIME(3) NULL,
      ended_at DATETIME(3) NULL,
      unit_return_due TINYINT(1) NOT NULL DEFAULT 0,
      KEY orders_event_user (event_id, user_id),
      KEY orders_user_reserved (user_id, reserved_at),
      KEY orders_state_pay_before (state, pay_before),
      KEY orders_unit_return_due (unit_return_due),
      CONSTRAINT orders_event FOREIGN KEY (event_id) REFERENCES sale_events (id),
      CONSTRAINT orders_quantity CHECK (quantity >= 1),
      CONSTRAINT orders_state CHECK (state IN ('ordered', 'paid', 'cancelled', 'expired', 'refunded'))
    )`,
    `CREATE TABLE purchase_counts (
      event_id BIGINT UNSIGNED NOT NULL,
      user_id BIGINT UNSIGNED NOT NULL,
      units INT NOT NULL,
      units_max INT NOT NULL,
      PRIMARY KEY (event_id, user_id),
      CONSTRAINT purchase_counts_units CHECK (units >= 0 AND units <= units_max)
    )`,
    `CREATE TABLE audit_log (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      at DATETIME(3) NOT NULL,
      actor VARCHAR(64) NOT NULL,
      action VARCHAR(64) NOT NULL,
      target_type VARCHAR(32) NOT NULL,
      target_id VARCHAR(64) NOT NULL,
      before_value TEXT NULL,
      after_value TEXT NULL,
      request_id VARCHAR(64) NULL,
      KEY audit_log_target (target_type, target_id, id)
    )`,
  ],
};
