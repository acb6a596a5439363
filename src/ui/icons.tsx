import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Svg = styled('svg')({ flex: 'none', display: 'block' });

/** Line icons on a 16 px grid, decoration only: the words beside them or the control's label say it. */
const icon = (paths: ReactNode) =>
  function Icon({ size = 16 }: { size?: number }) {
    return (
      <Svg
        viewBox="0 0 16 16"
        width={size}
        height={size}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {paths}
      </Svg>
    );
  };

export const WorkspaceIcon = icon(
  <>
    <rect x="2" y="2.5" width="12" height="8.5" rx="1.5" />
    <path d="M8 11v2.5M5.5 13.5h5" />
  </>,
);
export const VpnIcon = icon(
  <path d="M1.8 13V9.2a6.2 6.2 0 0 1 12.4 0V13M5.3 13V9.6a2.7 2.7 0 0 1 5.4 0V13" />,
);
export const PortsIcon = icon(<path d="M2 8h11.5M9.5 4l4 4-4 4" />);
export const MembersIcon = icon(
  <>
    <circle cx="8" cy="5" r="2.7" />
    <path d="M3 14c.3-2.9 2.2-4.3 5-4.3s4.7 1.4 5 4.3" />
  </>,
);
export const ActivityIcon = icon(<path d="M1.5 8.5h2.8L6.5 3l3.2 10 2-4.5h2.8" />);
export const SettingsIcon = icon(
  <>
    <path d="M1.5 5h6M11.5 5h3M1.5 11h3M8.5 11h6" />
    <circle cx="9.5" cy="5" r="1.9" />
    <circle cx="6.5" cy="11" r="1.9" />
  </>,
);
export const SearchIcon = icon(
  <>
    <circle cx="6.8" cy="6.8" r="4.3" />
    <path d="m10 10 4 4" />
  </>,
);
export const ChevronDownIcon = icon(<path d="m4.5 6.3 3.5 3.5 3.5-3.5" />);
export const ArrowUpIcon = icon(<path d="M8 13V3.5M4 7l4-4 4 4" />);
export const ArrowDownIcon = icon(<path d="M8 3v9.5M4 9l4 4 4-4" />);
export const MoreIcon = icon(
  <g fill="currentColor" stroke="none">
    <circle cx="3" cy="8" r="1.3" />
    <circle cx="8" cy="8" r="1.3" />
    <circle cx="13" cy="8" r="1.3" />
  </g>,
);
export const CopyIcon = icon(
  <>
    <rect x="5.5" y="5.5" width="8.5" height="8.5" rx="1.5" />
    <path d="M10.5 5.5v-2A1.5 1.5 0 0 0 9 2H3.5A1.5 1.5 0 0 0 2 3.5V9a1.5 1.5 0 0 0 1.5 1.5h2" />
  </>,
);
export const EditIcon = icon(<path d="m10.8 2.7 2.5 2.5-7.9 7.9-3.2.7.7-3.2zM9 4.5 11.5 7" />);
export const CheckIcon = icon(<path d="m3 8.5 3.3 3.3L13 4.5" />);
export const CloseIcon = icon(<path d="m4 4 8 8M12 4l-8 8" />);
export const LockIcon = icon(
  <>
    <rect x="3.2" y="7" width="9.6" height="6.8" rx="1.5" />
    <path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" />
  </>,
);
export const TeamIcon = icon(
  <>
    <circle cx="5.8" cy="5.4" r="2.3" />
    <path d="M1.6 13c.2-2.7 1.7-4 4.2-4s4 1.3 4.2 4" />
    <path d="M10.6 3.3a2.2 2.2 0 0 1 0 4.2M12 9.4c1.5.5 2.3 1.7 2.4 3.6" />
  </>,
);
export const GlobeIcon = icon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M2 8h12M8 2c2.1 1.7 3.1 3.7 3.1 6S10.1 12.3 8 14C5.9 12.3 4.9 10.3 4.9 8S5.9 3.7 8 2z" />
  </>,
);
export const OpenIcon = icon(
  <path d="M9.5 2.5h4v4M13.5 2.5 7.5 8.5M6.5 3.5h-2A1.5 1.5 0 0 0 3 5v6.5A1.5 1.5 0 0 0 4.5 13H11a1.5 1.5 0 0 0 1.5-1.5v-2" />,
);
