/** The sheets that every page stands on, in their order, for the school's pages and the bureau's. Nothing else may be in it. */
import './page/theme.css';
import './page/panel.css';
import './page/desk.css';
import './page/controls.css';
import './page/printed.css';
